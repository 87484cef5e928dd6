using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class IgnoredSendTests
{
    [Theory]
    [InlineData("[OnMessage] void Hear(string message) { [|SendAsync|](message); }")]
    [InlineData("[OnMessage] void Hear(string message) => this.[|SendAsync|](message);")]
    [InlineData("[OnMessage] void Hear(string message) => Connection.[|CloseAsync|]();")]
    [InlineData("[OnMessage] void Hear(string message) => Connection.[|SendAsync|](message).ConfigureAwait(false);")]
    [InlineData("[OnMessage] void Hear(string message) => peer?.[|SendAsync|](message);")]
    [InlineData("[OnMessage] void Hear(string message) => new List<IMessageSender<string>>().ForEach(other => other.[|SendAsync|](message));")]
    [InlineData("[OnMessage] void Hear(string message) => Tell(new Fake()); static void Tell(Fake fake) => fake.[|SendAsync|](\"\");")]
    public Task A_send_that_nothing_waits_for(string members) => WrongCode.Raises(DiagnosticIds.IgnoredSend, Controller(members));

    [Theory]
    [InlineData("[OnMessage] async Task Hear(string message) { await SendAsync(message); await Connection.CloseAsync(); }")]
    [InlineData("[OnMessage] ValueTask Hear(string message) => SendAsync(message);")]
    [InlineData("[OnMessage] void Hear(string message) { _ = SendAsync(message); _ = Connection.CloseAsync(); }")]
    [InlineData("[OnMessage] void Hear(string message) { TrySend(message); Connection.Close(); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var sending = SendAsync(message); await sending; }")]
    [InlineData("[OnMessage] void Hear(string message) { using var client = new HttpClient(); client.SendAsync(new()); }")]
    [InlineData("[OnMessage] void Hear(string message) => CloseAsync(); private void CloseAsync() => Connection.Close();")]
    public Task A_send_that_somebody_decided_about(string members) => WrongCode.RaisesNothing(Controller(members));

    private static string Controller(string members) => $$"""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            private readonly IMessageSender<string>? peer = new Fake();

            {{members}}
        }

        internal sealed class Fake : IMessageSender<string>
        {
            public string ConnectionId => "";

            public CancellationToken Stopping => default;

            public ValueTask SendAsync(string message, CancellationToken cancellationToken = default) => default;

            public bool TrySend(string message) => true;
        }
        """;
}
