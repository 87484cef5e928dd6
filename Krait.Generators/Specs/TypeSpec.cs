namespace Krait.Generators.Specs;

/// <summary>The class that is completed, and where it stands.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Outer">The headers of the types around it, innermost first, such as <c>partial record Outer</c>.</param>
/// <param name="Header">Its own header, such as <c>partial class Chat</c>.</param>
/// <param name="FullName">Its name as a reference from anywhere.</param>
/// <param name="DisplayName">Its name in messages and docs, and as the stem of its file.</param>
/// <param name="CanExtend">Whether a part of it can be generated at all.</param>
/// <param name="CanImplement">Whether it can implement an interface with static members.</param>
/// <param name="CanMap">Whether the whole assembly can name it.</param>
/// <param name="IsLowerCase">Whether its name is made of lower-case ASCII letters only, of which the compiler warns.</param>
/// <param name="Experiments">The ids of the [Experimental] attributes that warn of it.</param>
/// <param name="HasField">Whether something in its reach is named <c>field</c>, of which the compiler warns where the keyword stands.</param>
internal sealed record TypeSpec(
    string Namespace, EquatableArray<string> Outer, string Header, string FullName, string DisplayName,
    bool CanExtend, bool CanImplement, bool CanMap, bool IsLowerCase, EquatableArray<string> Experiments, bool HasField);
