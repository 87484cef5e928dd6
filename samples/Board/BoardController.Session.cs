using Krait;

namespace Board;

/// <summary>The end of a connection: when its token expires and the page has not renewed it, or when the server stops.</summary>
public sealed partial class BoardController
{
    [OnMessage]
    private async Task<BoardReply> Renew(Renew command) =>
        BoardText.IsToken(command.Token) && await Connection.ReauthenticateAsync(command.Token)
            ? new Done()
            : new Problem("This token is not valid here.");

    /// <summary>The page then gets a new token and sends it.</summary>
    [OnExpiring]
    private static Expiring Warn() => new();

    [OnDrain]
    private static GoAway Leave(DrainInfo drain) => new(drain.ReconnectAfter.TotalSeconds);
}
