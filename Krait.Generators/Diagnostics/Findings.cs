namespace Krait.Generators.Diagnostics;

/// <summary>
/// Collects what the parser finds wrong, and why it refuses a controller. Without a reporter, it does not compute
/// locations.
/// </summary>
internal sealed class Findings(Action<Diagnostic>? report = null)
{
    private readonly List<Diagnostic> errors = [];

    /// <summary>The message of the first error; null without an error.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How many errors there were.</summary>
    public int Errors { get; private set; }

    /// <summary>Whether findings are reported.</summary>
    public bool AreTold => report is not null;

    /// <summary>Whether a message type is unknown, so that no type can be judged against it.</summary>
    public bool IsTypeUnknown { get; set; }

    /// <summary>Takes a finding.</summary>
    /// <param name="rule">The broken rule; an error refuses the controller.</param>
    /// <param name="location">Finds the smallest piece that is wrong; called only if findings are reported.</param>
    /// <param name="arguments">The arguments of the rule's message.</param>
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

    /// <summary>Reports an error without refusing the controller, because the runtime reports it too.</summary>
    public void Tell(DiagnosticDescriptor rule, Func<Location?> location, params string[] arguments) =>
        Report(rule, rule.DefaultSeverity, location, arguments);

    /// <summary>Reports a finding as a suggestion only.</summary>
    public void Suggest(DiagnosticDescriptor rule, Func<Location?> location, params string[] arguments) =>
        Report(rule, DiagnosticSeverity.Info, location, arguments);

    /// <summary>Refuses a controller for a fault that the compiler reports.</summary>
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
    /// Whether an earlier error already says it: about the same type without metadata, or at the same place, because a type
    /// that cannot be returned needs no metadata.
    /// </summary>
    private bool IsSaidBetter(Diagnostic finding) =>
        (finding.Descriptor == Rules.NoJsonContext || finding.Descriptor == Rules.SeveralJsonContexts)
        && errors.Exists(error => error.Location == finding.Location
            || (error.Id == finding.Id && Text(error) == Text(finding)));

    private static string Text(Diagnostic finding) => finding.GetMessage(CultureInfo.InvariantCulture);
}
