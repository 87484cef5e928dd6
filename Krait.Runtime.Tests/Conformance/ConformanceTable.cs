namespace Krait.Runtime.Tests.Conformance;

/// <summary>The cases of a chapter.</summary>
internal sealed class ConformanceTable
{
    private readonly Dictionary<string, ConformanceCase> _cases = [];

    public ConformanceCase this[string name] => _cases[name];

    /// <summary>Every case on every wire that it can be played on.</summary>
    public TheoryData<Wire, string> Rows => [.. from wire in Enum.GetValues<Wire>() from row in _cases.Values where wire <= Wire.Http2 || !row.IsOfPlainWires select (wire, row.Name)];

    /// <summary>The names of all cases.</summary>
    public IEnumerable<string> Names => _cases.Keys;

    /// <summary>Adds a case after which the connection goes on.</summary>
    public ConformanceTable Answers(string name, byte[] sends, params byte[][] receives) =>
        Add(new(name, sends) { Receives = Join(receives) });

    /// <summary>Adds a case that the server must end with that status.</summary>
    public ConformanceTable Fails(string name, int status, byte[] sends, params byte[][] receives) =>
        Add(new(name, sends) { Receives = Join(receives), End = CaseEnd.ServerFails, Status = status });

    /// <summary>Adds a case in which the client closes, which is answered with that status.</summary>
    public ConformanceTable Closes(string name, int status, byte[] sends, params byte[][] receives) =>
        Add(new(name, sends) { Receives = Join(receives), End = CaseEnd.ClientCloses, Status = status });

    /// <summary>Adds cases in which the client ends its side, or breaks the connection, when it has sent that and read the answers.</summary>
    public ConformanceTable Vanishes(string name, byte[] sends, params byte[][] receives) => this
        .Add(new($"{name}, then the end of the client's side", sends) { Receives = Join(receives), End = CaseEnd.ClientFinishes })
        .Add(new($"{name}, then a reset", sends) { Receives = Join(receives), End = CaseEnd.ClientResets });

    public ConformanceTable Add(ConformanceCase conformanceCase)
    {
        _cases.Add(conformanceCase.Name, conformanceCase);
        return this;
    }

    /// <summary>Adds many cases.</summary>
    public ConformanceTable AddEach<T>(IEnumerable<T> items, Func<ConformanceTable, T, ConformanceTable> add) => items.Aggregate(this, add);

    public static byte[] Join(params IEnumerable<byte[]> parts) => [.. parts.SelectMany(static part => part)];
}
