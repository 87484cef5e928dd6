namespace Krait.Generators.Emission;

/// <summary>Writes the members that a controller is given to talk to its client.</summary>
internal static class MemberEmitter
{
    private const string NoConnectionYet = "global::Krait.CompilerServices.ControllerMembers.NoConnectionYet()";
    private const string CancellationToken = "global::System.Threading.CancellationToken";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    public static void Emit(SourceWriter writer, ControllerSpec spec)
    {
        foreach (var (name, text) in spec.Refusal is null ? Working(spec) : Refused(spec, spec.Refusal))
        {
            if (!spec.TakenNames.Contains(name))
                writer.Lines(text).Line();
        }
    }

    private static IEnumerable<(string Name, string Text)> Working(ControllerSpec spec)
    {
        var connection = $$"""{ get => field ?? throw {{NoConnectionYet}};{{(spec.MemberAccessibility == "private" ? "" : " private")}} set; }""";
        var members = Members(
            spec,
            connection,
            "=> Connection.Stopping;",
            "=> Connection.Stopping.IsCancellationRequested;",
            "=> Connection.SendAsync(message, cancellationToken);",
            "=> Connection.TrySend(message);");
        var queue = QueueMembers(
            spec,
            $$"""{ get => field ?? throw {{NoConnectionYet}}; set; }""",
            "=> Messages.TryRead(out message);",
            "=> Messages.ReadAsync(cancellationToken);");
        return spec.IsQueue ? members.Concat(queue) : members;
    }

    /// <summary>The members of a controller that Krait cannot complete: its author's code compiles, and Krait's own sentence stands alone.</summary>
    /// <remarks>Nothing ever calls them, since the descriptor says the sentence first.</remarks>
    private static IEnumerable<(string Name, string Text)> Refused(ControllerSpec spec, string sentence)
    {
        const string body = "=> throw new global::System.NotSupportedException();";
        return Members(spec, $"=> throw {Refusal(sentence)};", body, body, body, body).Concat(QueueMembers(spec, body, body, body));
    }

    /// <summary>The exception that says why the controller was refused.</summary>
    public static string Refusal(string sentence) =>
        $"global::Krait.CompilerServices.ControllerMembers.Refused({SymbolDisplay.FormatLiteral(sentence, quote: true)})";

    private static IEnumerable<(string Name, string Text)> Members(ControllerSpec spec, string connection, string stopping, string shouldStop, string sendAsync, string trySend)
    {
        var (accessibility, sends) = (spec.MemberAccessibility, spec.Sends.Type);
        yield return ("Connection", $$"""
            /// <summary>The connection that this controller serves. There is none yet in the constructor.</summary>
            {{ControllerEmitter.GeneratedCode}}
            {{accessibility}} global::Krait.WebSocketConnection<{{sends}}> Connection {{connection}}
            """);
        yield return ("Stopping", $$"""
            /// <summary>Fires when the connection is going away.</summary>
            {{ControllerEmitter.GeneratedCode}}
            {{accessibility}} {{CancellationToken}} Stopping {{stopping}}
            """);
        yield return ("ShouldStop", $$"""
            /// <summary>Whether the connection is going away.</summary>
            {{ControllerEmitter.GeneratedCode}}
            {{accessibility}} bool ShouldStop {{shouldStop}}
            """);
        yield return ("SendAsync", $$"""
            /// <summary>Sends a message, first come first served; waits while the send buffer is full. Any thread may call it.</summary>
            /// <param name="message">The message.</param>
            /// <param name="cancellationToken">Ends the waiting; a message that still waited is not sent.</param>
            /// <returns>A task that completes when the message stands in the send buffer.</returns>
            /// <exception cref="global::Krait.ConnectionClosedException">The connection is closed.</exception>
            {{ControllerEmitter.GeneratedCode}}
            {{accessibility}} {{ValueTask}} SendAsync({{sends}} message, {{CancellationToken}} cancellationToken = default) {{sendAsync}}
            """);
        yield return ("TrySend", $$"""
            /// <summary>Sends a message if that needs no waiting. Any thread may call it.</summary>
            /// <param name="message">The message.</param>
            /// <returns>False when the send buffer is full, when others wait, or when the connection is closed.</returns>
            {{ControllerEmitter.GeneratedCode}}
            {{accessibility}} bool TrySend({{sends}} message) {{trySend}}
            """);
    }

    private static IEnumerable<(string Name, string Text)> QueueMembers(ControllerSpec spec, string messages, string tryReceive, string receiveAsync)
    {
        var receives = spec.Receives.Type;
        yield return ("Messages", $$"""
            /// <summary>The received messages, in order; completes when no more will come.</summary>
            {{ControllerEmitter.GeneratedCode}}
            private global::System.Threading.Channels.ChannelReader<{{receives}}> Messages {{messages}}
            """);
        yield return ("TryReceive", $$"""
            /// <summary>Takes the next message if there is one by now.</summary>
            /// <param name="message">The message.</param>
            /// <returns>False when none waits.</returns>
            {{ControllerEmitter.GeneratedCode}}
            private bool TryReceive([global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out {{receives}} message) {{tryReceive}}
            """);
        yield return ("ReceiveAsync", $$"""
            /// <summary>Takes the next message, and waits for it.</summary>
            /// <param name="cancellationToken">Ends the waiting.</param>
            /// <returns>The message.</returns>
            /// <exception cref="global::System.Threading.Channels.ChannelClosedException">No more messages will come.</exception>
            {{ControllerEmitter.GeneratedCode}}
            private {{ValueTask}}<{{receives}}> ReceiveAsync({{CancellationToken}} cancellationToken = default) {{receiveAsync}}
            """);
    }
}
