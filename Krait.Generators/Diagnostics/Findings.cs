namespace Krait.Generators.Diagnostics;

/// <summary>Takes what the parser finds wrong. This one remembers only why a controller is refused, and asks for no location.</summary>
internal class Findings
{
    /// <summary>The sentence of the first error; null if there was none.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How many errors there were.</summary>
    public int Errors { get; private set; }

    /// <summary>Takes a finding.</summary>
    /// <param name="rule">The rule that was broken; an error refuses the controller.</param>
    /// <param name="location">Finds the smallest piece that is wrong; called only when somebody wants to know.</param>
    /// <param name="arguments">What the rule's message names.</param>
    public void Add(DiagnosticDescriptor rule, Func<Location?> location, params string[] arguments)
    {
        if (rule.DefaultSeverity == DiagnosticSeverity.Error)
            Refuse(string.Format(CultureInfo.InvariantCulture, rule.MessageFormat.ToString(CultureInfo.InvariantCulture), arguments));

        Report(rule, rule.DefaultSeverity, location, arguments);
    }

    /// <summary>Takes a finding of which some authors will not want to hear.</summary>
    public void Suggest(DiagnosticDescriptor rule, Func<Location?> location, params string[] arguments) =>
        Report(rule, DiagnosticSeverity.Info, location, arguments);

    /// <summary>Refuses a controller of which the compiler itself already says what is wrong.</summary>
    public void Refuse(string sentence)
    {
        Refusal ??= sentence;
        Errors++;
    }

    protected virtual void Report(DiagnosticDescriptor rule, DiagnosticSeverity severity, Func<Location?> location, string[] arguments)
    {
    }
}

/// <summary>Reports what the parser finds as diagnostics.</summary>
internal sealed class ReportedFindings(Action<Diagnostic> report) : Findings
{
    protected override void Report(DiagnosticDescriptor rule, DiagnosticSeverity severity, Func<Location?> location, string[] arguments) =>
        report(Diagnostic.Create(rule, location(), severity, additionalLocations: null, properties: null, arguments));
}
