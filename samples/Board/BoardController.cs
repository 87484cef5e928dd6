using System.Security.Claims;
using Krait;
using Microsoft.AspNetCore.Authorization;

namespace Board;

/// <summary>One window that looks at one board.</summary>
[Authorize]
[MaxConnections(20)] // of one user
[RateLimit(20, Burst = 40)] // messages of one window in a second; more of them wait
[WebSocketController(
    "/boards/{board}",
    Protocols = "board.v1",
    Receives = typeof(BoardCommand), // one handler takes a type between this base and the commands
    Sends = typeof(BoardEvent),
    MaxMessageSize = 4096)]
public sealed partial class BoardController([Room("boards/{board}")] IRoom<BoardEvent, Person> room, string board, Boards boards)
{
    private Person Me => new(Connection.User.FindFirstValue(ClaimTypes.NameIdentifier)!, Connection.User.Identity!.Name!);

    [OnUpgrade]
    private static UpgradeDecision Check(string board) =>
        BoardText.IsBoard(board)
            ? UpgradeDecision.Accept()
            : UpgradeDecision.Deny(
                StatusCodes.Status404NotFound,
                $"A board's name has 1 to {BoardText.MaxBoardLength} small letters, digits and hyphens.");

    /// <summary>Sends the whole board, also to a page that comes back.</summary>
    /// <remarks>
    /// A history with [Resume] would send less. But a page that was away for long, or while the server restarted, needs the whole
    /// board anyway. A board is small, so the sample always sends all of it. The room sends later changes after the reply.
    /// </remarks>
    [OnOpen]
    private async Task<Welcome> Enter()
    {
        room.Announce(Connection, Me);
        return new(Me, await room.MembersAsync(), boards.Open(board));
    }

    [OnPresence]
    private static PeopleChanged Meet(PresenceChange<Person> people) => new(people.Joined, people.Left);

    /// <summary>Handles every command about a card. The room sends the change to all members, and the reply follows it.</summary>
    [OnMessage]
    private Done Change(CardCommand command)
    {
        boards.Change(board, command, Me.Name, room);
        return new();
    }

    [OnError]
    private static Problem Refuse(RefusedException error, BoardCommand? command) => new(error.Message);

    [OnError]
    private static Problem Refuse(InvalidMessageException error, BoardCommand? command) => new(error.Message);

    [OnError]
    private static TooFast SlowDown(RateLimitedException error) => new(error.RetryAfter.TotalSeconds);
}
