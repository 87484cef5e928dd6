namespace Krait.Generators.Specs;

/// <summary>A controller: its contract, and the facts that only the generated C# needs.</summary>
/// <remarks>Equal specs produce equal files. A spec never holds a symbol, syntax or location.</remarks>
/// <param name="Type">The class.</param>
/// <param name="Contract">The contract between it and its clients.</param>
/// <param name="TakenNames">The names of generated members that the class already uses.</param>
/// <param name="AllowedOrigins">The allowed origins; null uses those of the options.</param>
/// <param name="IsQueue">Whether messages wait in a queue until the controller reads them.</param>
/// <param name="MemberAccessibility">
/// The accessibility of the members that every controller has: that of the message types, at most.
/// </param>
/// <param name="Metadata">Expressions that construct the attributes of the class.</param>
/// <param name="Constructor">The parameters of its constructor.</param>
internal sealed record ControllerSpec(
    TypeSpec Type, ContractSpec Contract, EquatableArray<string> TakenNames, EquatableArray<string>? AllowedOrigins, bool IsQueue,
    string MemberAccessibility, EquatableArray<string> Metadata, EquatableArray<ParameterSpec> Constructor)
{
    /// <summary>Why Krait cannot complete the controller, in a sentence; null if it can.</summary>
    public string? Refusal { get; init; }

    /// <summary>
    /// The ids of the warnings to disable in the generated file, because only the author's code can avoid them.
    /// </summary>
    public EquatableArray<string> Warnings { get; init; }

    /// <summary>The aliases of assemblies that the generated file needs.</summary>
    public EquatableArray<string> Aliases { get; init; }

    /// <summary>Whether it names something that is obsolete as an error, so that only obsolete code may name it.</summary>
    public bool NamesForbidden { get; init; }

    /// <summary>References to the received and sent types that are obsolete as an error.</summary>
    public EquatableArray<string> ForbiddenMessages { get; init; }

    /// <summary>The members that its rooms list, as JSON for other servers; null if they list none.</summary>
    public MessageSpec? Members { get; init; }

    public HandlerSpec? OnUpgrade { get; init; }
    public HandlerSpec? OnOpen { get; init; }

    /// <summary>Most derived message first.</summary>
    public EquatableArray<HandlerSpec> OnMessage { get; init; }

    /// <summary>The handler of binary frames, if others handle text; else null.</summary>
    public HandlerSpec? OnBinary { get; init; }

    /// <summary>Most derived exception first.</summary>
    public EquatableArray<HandlerSpec> OnError { get; init; }

    public HandlerSpec? OnLost { get; init; }
    public HandlerSpec? OnPresence { get; init; }
    public HandlerSpec? OnDrain { get; init; }
    public HandlerSpec? OnExpiring { get; init; }
    public HandlerSpec? OnClose { get; init; }
    public HandlerSpec? Run { get; init; }
}
