namespace Krait.Generators.Emission;

/// <summary>Writes the members with which a controller talks to its client.</summary>
internal static class MemberEmitter
{
    private const string NotSupported = "new global::System.NotSupportedException()";

    /// <summary>The members whose names are free.</summary>
    /// <remarks>
    /// A refused controller gets them too, so that the author's code compiles and shows only Krait's error.
    /// They are never called, because its descriptor throws first.
    /// </remarks>
    public static IEnumerable<string> Emit(ControllerSpec spec)
    {
        var (sends, receives) = (spec.Contract.Sends, spec.Contract.Receives);
        var types = new MemberTypes(spec.MemberAccessibility, sends.Type.Reference, receives.Type.Reference);
        return
            from member in GeneratedMember.All
            where spec.IsQueue || spec.Refusal is not null || !member.IsInQueue
            where !spec.TakenNames.Contains(member.Name)
            let signature = member.Signature(types)
            select Template.Of($"""
                {member.Documentation}
                {GeneratedCodeAttributes.Lines}
                {(IsForbidden(signature) ? GeneratedCodeAttributes.Obsolete : "")}
                {signature}{Body(member)}
                """);

        bool IsForbidden(string signature) => !spec.Type.IsForbidden && spec.ForbiddenMessages.Any(signature.Contains);

        string Body(GeneratedMember member)
        {
            if (spec.Refusal is { } sentence)
                return member.Name == "Connection" ? $" => throw {Refusal(sentence)};" : $" => throw {NotSupported};";

            var body = member.Body(types);
            return (body[0] == '{' ? "\n" : " ") + body;
        }
    }

    /// <summary>The exception that says why the controller was refused.</summary>
    public static string Refusal(string sentence) =>
        $"global::Krait.CompilerServices.ControllerMembers.Refused({sentence.ToLiteral()})";
}
