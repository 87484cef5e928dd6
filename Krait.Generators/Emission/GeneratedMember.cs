namespace Krait.Generators.Emission;

/// <summary>A member that Krait adds to a controller.</summary>
/// <remarks>
/// A new member breaks controllers that already use its name, so add new members to the connection if possible.
/// </remarks>
/// <param name="Name">Its name, which the class must not use.</param>
/// <param name="IsInQueue">Whether only controllers in Queue delivery have it.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="Signature">Its declaration without the body.</param>
/// <param name="Body">Its body.</param>
internal sealed record GeneratedMember(
    string Name, bool IsInQueue, string Documentation, Func<MemberTypes, string> Signature, Func<MemberTypes, string> Body)
{
    private const string CancellationToken = "global::System.Threading.CancellationToken";
    private const string SendDocumentation = """
    /// <summary>Sends a message, first come first served; waits while the send buffer is full. Any thread may call it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the wait; a message that is still waiting is not sent.</param>
    /// <returns>A task that completes when the message is in the send buffer.</returns>
    /// <exception cref="global::Krait.ConnectionClosedException">The connection is closed.</exception>
    """;

    private const string MaybeNull = "[global::System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)]";
    private const string NoConnectionYet = "global::Krait.CompilerServices.ControllerMembers.NoConnectionYet()";
    private const string ValueTask = "global::System.Threading.Tasks.ValueTask";

    /// <summary>Every member but the descriptor, in the order in which they are written.</summary>
    public static IReadOnlyList<GeneratedMember> All { get; } =
    [
        new(
            "Connection",
            IsInQueue: false,
            "/// <summary>The connection that this controller serves. The constructor cannot use it yet.</summary>",
            types => $"{types.Accessibility} global::Krait.WebSocketConnection<{types.Sends}> Connection",
            types => Accessors(types.Accessibility == "private" ? "" : "private ")),
        new(
            "Stopping",
            IsInQueue: false,
            "/// <summary>Is cancelled when the connection is closing.</summary>",
            types => $"{types.Accessibility} {CancellationToken} Stopping",
            _ => "=> Connection.Stopping;"),
        new(
            "ShouldStop",
            IsInQueue: false,
            "/// <summary>Whether the connection is closing.</summary>",
            types => $"{types.Accessibility} bool ShouldStop",
            _ => "=> Connection.Stopping.IsCancellationRequested;"),
        new(
            "SendAsync",
            IsInQueue: false,
            SendDocumentation,
            types => Method(
                $"{types.Accessibility} {ValueTask} SendAsync",
                $"{types.Sends} message",
                $"{CancellationToken} cancellationToken = default"),
            _ => "=>\n    Connection.SendAsync(message, cancellationToken);"),
        new(
            "TrySend",
            IsInQueue: false,
            """
            /// <summary>Sends a message if it does not have to wait. Any thread may call it.</summary>
            /// <param name="message">The message.</param>
            /// <returns>False if the send buffer is full, if other messages wait, or if the connection is closed.</returns>
            """,
            types => $"{types.Accessibility} bool TrySend({types.Sends} message)",
            _ => "=> Connection.TrySend(message);"),
        new(
            "Messages",
            IsInQueue: true,
            "/// <summary>The received messages, in order. Completes after the last one.</summary>",
            types => $"private global::System.Threading.Channels.ChannelReader<{types.Receives}> Messages",
            _ => Accessors("")),
        new(
            "TryReceive",
            IsInQueue: true,
            """
            /// <summary>Takes the next message if one is waiting.</summary>
            /// <param name="message">The message.</param>
            /// <returns>False if no message is waiting.</returns>
            """,
            types => Method("private bool TryReceive", $"{MaybeNull} out {types.Receives} message"),
            _ => "=>\n    Messages.TryRead(out message);"),
        new(
            "ReceiveAsync",
            IsInQueue: true,
            """
            /// <summary>Waits for the next message and takes it.</summary>
            /// <param name="cancellationToken">Cancels the wait.</param>
            /// <returns>The message.</returns>
            /// <exception cref="global::System.Threading.Channels.ChannelClosedException">There are no more messages.</exception>
            """,
            types => Method(
                $"private {ValueTask}<{types.Receives}> ReceiveAsync", $"{CancellationToken} cancellationToken = default"),
            _ => "=>\n    Messages.ReadAsync(cancellationToken);"),
    ];

    private static string Accessors(string setter) =>
        $"{{\n    get => field ?? throw {NoConnectionYet};\n    {setter}set;\n}}";

    /// <summary>A method with its parameters a line each, since the types of both can be long.</summary>
    private static string Method(string start, params string[] parameters) =>
        $"{start}(\n    {string.Join(",\n    ", parameters)})";
}

/// <summary>The parts of signatures: the accessibility of the public members, and the types of messages.</summary>
internal sealed record MemberTypes(string Accessibility, string Sends, string Receives);
