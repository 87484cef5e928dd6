namespace Krait.Generators.Specs;

/// <summary>The class of a controller, with its namespace and the types around it.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Outer">The headers of the types around it, innermost first, such as <c>partial record Outer</c>.</param>
/// <param name="Header">Its own header, such as <c>partial class Chat</c>.</param>
/// <param name="FullName">Its name as a reference from anywhere.</param>
/// <param name="DisplayName">Its name in messages and docs, and as the stem of its file.</param>
/// <param name="CanExtend">Whether a part of it can be generated at all.</param>
/// <param name="CanImplement">Whether it can implement an interface with static members.</param>
/// <param name="CanMap">Whether the whole assembly can name it.</param>
/// <param name="IsForbidden">Whether it is obsolete as an error, so that only obsolete code may name it.</param>
/// <param name="Warnings">The ids of the warnings that its name causes, because it is experimental or obsolete.</param>
internal sealed record TypeSpec(
    string Namespace, EquatableArray<string> Outer, string Header, string FullName, string DisplayName,
    bool CanExtend, bool CanImplement, bool CanMap, bool IsForbidden, EquatableArray<string> Warnings);
