namespace Krait.Generators.Emission;

/// <summary>Writes the types that a message may have, and the function that finds its type.</summary>
internal static class CaseEmitter
{
    public static string Names(MessageSpec message)
    {
        var cases = message.Cases.Select(one => one.Discriminator is { } value
            ? $"new({one.Name.ToLiteral()}, {ConstantEmitter.Expression(value)})"
            : $"new({one.Name.ToLiteral()})").ToList();
        return cases.Count < 2 ? $"[{string.Concat(cases)}]" : Template.Of($"""
            [
                {cases.Select(one => one + ",")}
            ]
            """);
    }

    /// <summary>A function from a message to the index of its case; -1 if it has another type.</summary>
    public static string Index(MessageSpec message) => message.Cases is [var only] && only.Type == message.Type
        ? "static _ => 0"
        : ControllerEmitter.Block(
            string.Join("\n", message.Cases.Select(Arm).Append("_ => -1,")), "static message => message switch");

    private static string Arm(CaseSpec one, int index) =>
        $"{one.Type.Pattern} => {index.ToString(CultureInfo.InvariantCulture)},";
}
