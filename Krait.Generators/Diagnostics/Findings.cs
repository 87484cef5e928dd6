namespace Krait.Generators.Diagnostics;

/// <summary>
/// Takes what the parser finds wrong, and remembers why a controller is refused. Where nobody is to be told it asks for no
/// location.
/// </summary>
internal sealed class Findings(Action<Diagnostic>? report = null)
{
    private readonly List<Diagnostic> errors = [];

    /// <summary>The sentence of the first error; null if there was none.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How many errors there were.</summary>
    public int Errors { get; private set; }

    /// <summary>Whether somebody is told what is found.</summary>
    public bool AreTold => report is not null;

    /// <summary>Whether it is unknown what is received or sent, so that nothing is told of what would have to fit.</summary>
    public bool IsTypeUnknown { get; set; }

    /// <summary>Takes a finding.</summary>
    /// <param name="rule">The rule that was broken; an error refuses the controller.</param>
    /// <param name="location">Finds the smallest piece that is wrong; called only when somebody is told.</param>
    /// <param name="arguments">What the rule's message names.</param>
    public void Add(DiagnosticDescriptor rule, Func<Location?> location, params string[] arguments)
    {
        if (IsTypeUnknown && (rule == Rules.UnsendableReply || rule == Rules.ForeignMessage || rule == Rules.UnreachableHandler))
            return;

        IsTypeUnknown |= rule == Rules.UnrelatedMessages;
        if (rule.DefaultSeverity == DiagnosticSeverity.Error)
            Refuse(string.Format(
                CultureInfo.InvariantCulture, rule.MessageFormat.ToString(CultureInfo.InvariantCulture), arguments));

        Report(rule, rule.DefaultSeverity, location, arguments);
    }

    /// <summary>Takes a finding that refuses nothing, although it is an error: the runtime says so as well.</summary>
    public void Tell(DiagnosticDescriptor rule, Func<Location?> location, params string[] arguments) =>
        Report(rule, rule.DefaultSeverity, location, arguments);

    /// <summary>Takes a finding of which some authors will not want to hear.</summary>
    public void Suggest(DiagnosticDescriptor rule, Func<Location?> location, params string[] arguments) =>
        Report(rule, DiagnosticSeverity.Info, location, arguments);

    /// <summary>Refuses a controller of which the compiler itself already says what is wrong.</summary>
    public void Refuse(string sentence)
    {
        Refusal ??= sentence;
        Errors++;
    }

    private void Report(DiagnosticDescriptor rule, DiagnosticSeverity severity, Func<Location?> location, string[] arguments)
    {
        if (report is null)
            return;

        var finding = Diagnostic.Create(rule, location(), severity, additionalLocations: null, properties: null, arguments);
        if (IsSaidBetter(finding))
            return;

        if (severity == DiagnosticSeverity.Error)
            errors.Add(finding);
        report(finding);
    }

    /// <summary>
    /// Whether it adds nothing: a type that is both received and sent lacks metadata once, and what cannot be returned needs
    /// none.
    /// </summary>
    private bool IsSaidBetter(Diagnostic finding) =>
        (finding.Descriptor == Rules.NoJsonContext || finding.Descriptor == Rules.SeveralJsonContexts)
        && errors.Exists(error => error.Location == finding.Location
            || (error.Id == finding.Id && Text(error) == Text(finding)));

    private static string Text(Diagnostic finding) => finding.GetMessage(CultureInfo.InvariantCulture);
}
