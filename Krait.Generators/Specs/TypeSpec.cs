namespace Krait.Generators.Specs;

/// <summary>The class that is completed, and where it stands.</summary>
internal sealed record TypeSpec
{
    /// <summary>The namespace; empty for the global one.</summary>
    public required string Namespace { get; init; }

    /// <summary>The headers of the types around it, outermost first, such as <c>partial record Outer</c>.</summary>
    public EquatableArray<string> Outer { get; init; }

    /// <summary>Its own header, such as <c>partial class Chat</c>.</summary>
    public required string Header { get; init; }

    /// <summary>Its name as a reference from anywhere.</summary>
    public required string FullName { get; init; }

    /// <summary>Its name in messages and docs, and as the stem of its file.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Whether a part of it can be generated at all.</summary>
    public bool CanExtend { get; init; }

    /// <summary>Whether it can implement an interface with static members.</summary>
    public bool CanImplement { get; init; }

    /// <summary>Whether the whole assembly can name it.</summary>
    public bool CanMap { get; init; }

    /// <summary>Whether its name is made of lower-case ASCII letters only, of which the compiler warns.</summary>
    public bool IsLowerCase { get; init; }

    /// <summary>The ids of the [Experimental] attributes that warn of it.</summary>
    public EquatableArray<string> Experiments { get; init; }

    /// <summary>Whether something in its reach is named <c>field</c>, of which the compiler warns where the keyword stands.</summary>
    public bool HasField { get; init; }
}
