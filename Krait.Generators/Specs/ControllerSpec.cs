namespace Krait.Generators.Specs;

/// <summary>What a controller is: its contract, and what only the generated code needs besides.</summary>
/// <remarks>Equal specs give equal bytes. No symbol, syntax or location is ever in here.</remarks>
/// <param name="Type">The class.</param>
/// <param name="Contract">What it and its clients agree on.</param>
/// <param name="TakenNames">The generated members, by name, that the class cannot have, since the names are taken.</param>
/// <param name="AllowedOrigins">Null takes those of the options.</param>
/// <param name="IsQueue">Whether messages wait until the controller pulls them.</param>
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
    /// The ids of the warnings that the generated file would raise though only the author can do something about them.
    /// </summary>
    public EquatableArray<string> Warnings { get; init; }

    /// <summary>The aliases of assemblies that the generated file needs.</summary>
    public EquatableArray<string> Aliases { get; init; }

    /// <summary>Whether it names something that only what is obsolete may name.</summary>
    public bool NamesForbidden { get; init; }

    public HandlerSpec? OnUpgrade { get; init; }
    public HandlerSpec? OnOpen { get; init; }

    /// <summary>Most derived message first.</summary>
    public EquatableArray<HandlerSpec> OnMessage { get; init; }

    /// <summary>The handler of binary frames that stands beside those of text.</summary>
    public HandlerSpec? OnBinary { get; init; }

    /// <summary>Most derived exception first.</summary>
    public EquatableArray<HandlerSpec> OnError { get; init; }

    public HandlerSpec? OnLost { get; init; }
    public HandlerSpec? OnClose { get; init; }
    public HandlerSpec? Run { get; init; }
}
