namespace Krait.Generators.Emission;

/// <summary>Writes the members that a controller is given to talk to its client.</summary>
internal static class MemberEmitter
{
    private const string NoConnectionYet = "global::Krait.CompilerServices.ControllerMembers.NoConnectionYet()";
    private const string CancellationToken = "global::System.Threading.CancellationToken";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    /// <summary>The members whose names are free.</summary>
    /// <remarks>
    /// Those of a controller that Krait cannot complete let its author's code compile, so that Krait's own sentence stands alone.
    /// Nothing ever calls them, since the descriptor says the sentence first.
    /// </remarks>
    public static IEnumerable<string> Emit(ControllerSpec spec)
    {
        var hidden = spec.IsQueue || spec.Refusal is not null
            ? spec.TakenNames
            : spec.TakenNames.Concat(GeneratedMembers.InQueue).ToEquatableArray();
        return Members(spec).Where(member => !hidden.Contains(member.Name)).Select(member => Template.Of($"""
            {member.Doc}
            {GeneratedCodeAttributes.Lines}
            {(IsForbidden(member.Signature) ? GeneratedCodeAttributes.Obsolete : "")}
            {member.Signature}{Body(member.Name, member.Body)}
            """));

        bool IsForbidden(string signature) => !spec.Type.IsForbidden
            && new[] { spec.Contract.Sends, spec.Contract.Receives }
                .Any(message => message.IsForbidden && signature.Contains(message.Type.Reference));

        string Body(string name, string body) =>
            spec.Refusal is not { } sentence ? (body[0] == '{' ? "\n" : " ") + body
            : name == "Connection" ? $" => throw {Refusal(sentence)};"
            : " => throw new global::System.NotSupportedException();";
    }

    /// <summary>The exception that says why the controller was refused.</summary>
    public static string Refusal(string sentence) =>
        $"global::Krait.CompilerServices.ControllerMembers.Refused({sentence.ToLiteral()})";

    private static IEnumerable<(string Name, string Doc, string Signature, string Body)> Members(ControllerSpec spec)
    {
        const string sending = "Sends a message, first come first served; waits while the send buffer is full.";
        var shown = spec.MemberAccessibility;
        var (sends, receives) = (spec.Contract.Sends.Type.Reference, spec.Contract.Receives.Type.Reference);
        yield return (
            "Connection", "/// <summary>The connection that this controller serves. There is none yet in the "
                + "constructor.</summary>",
            $"{shown} global::Krait.WebSocketConnection<{sends}> Connection",
            Accessor(shown == "private" ? "" : "private "));
        yield return (
            "Stopping", "/// <summary>Fires when the connection is going away.</summary>",
            $"{shown} {CancellationToken} Stopping", "=> Connection.Stopping;");
        yield return (
            "ShouldStop", "/// <summary>Whether the connection is going away.</summary>",
            $"{shown} bool ShouldStop", "=> Connection.Stopping.IsCancellationRequested;");
        yield return ("SendAsync", $"""
            /// <summary>{sending} Any thread may call it.</summary>
            /// <param name="message">The message.</param>
            /// <param name="cancellationToken">Ends the waiting; a message that still waited is not sent.</param>
            /// <returns>A task that completes when the message stands in the send buffer.</returns>
            /// <exception cref="global::Krait.ConnectionClosedException">The connection is closed.</exception>
            """,
            Parameters($"{shown} {ValueTask} SendAsync(", $"{sends} message", $"{CancellationToken} cancellationToken = default"),
            "=>\n    Connection.SendAsync(message, cancellationToken);");
        yield return ("TrySend", """
            /// <summary>Sends a message if that needs no waiting. Any thread may call it.</summary>
            /// <param name="message">The message.</param>
            /// <returns>False when the send buffer is full, when others wait, or when the connection is closed.</returns>
            """, $"{shown} bool TrySend({sends} message)", "=> Connection.TrySend(message);");
        yield return (
            "Messages", "/// <summary>The received messages, in order; completes when no more will come.</summary>",
            $"private global::System.Threading.Channels.ChannelReader<{receives}> Messages",
            Accessor(""));
        yield return ("TryReceive", """
            /// <summary>Takes the next message if there is one by now.</summary>
            /// <param name="message">The message.</param>
            /// <returns>False when none waits.</returns>
            """,
            Parameters(
                "private bool TryReceive(",
                $"[global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out {receives} message"),
            "=>\n    Messages.TryRead(out message);");
        yield return ("ReceiveAsync", """
            /// <summary>Takes the next message, and waits for it.</summary>
            /// <param name="cancellationToken">Ends the waiting.</param>
            /// <returns>The message.</returns>
            /// <exception cref="global::System.Threading.Channels.ChannelClosedException">No more messages will come.</exception>
            """,
            Parameters($"private {ValueTask}<{receives}> ReceiveAsync(", $"{CancellationToken} cancellationToken = default"),
            "=>\n    Messages.ReadAsync(cancellationToken);");
    }

    private static string Accessor(string setter) => $"{{\n    get => field ?? throw {NoConnectionYet};\n    {setter}set;\n}}";

    /// <summary>A method with its parameters a line each, since the types of both can be long.</summary>
    private static string Parameters(string start, params string[] parameters) =>
        $"{start}\n    {string.Join(",\n    ", parameters)})";
}
