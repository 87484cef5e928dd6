using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>Turns of several loads, A B C A B C, once all servers are warm.</summary>
/// <param name="Turns">How many each load has.</param>
/// <param name="TurnLength">How long each one is measured.</param>
/// <param name="WarmUp">How long each load warms up, at the most.</param>
internal sealed record Alternation(int Turns, TimeSpan TurnLength, TimeSpan WarmUp)
{
    /// <summary>How much of a turn goes by before it is measured.</summary>
    private const double Settling = 0.25;

    /// <summary>Measures; each load has its server and its tally at the same place.</summary>
    public void Run(IReadOnlyList<ServerProcess> servers, IReadOnlyList<ILoad> loads, IReadOnlyList<Tally> tallies)
    {
        var warmUp = new WarmUp(WarmUp, () => [.. servers.Select(static server => server.Ask(ServerProgram.Compiled))]);
        for (; !warmUp.IsOver; warmUp.EndRound())
        {
            foreach (var load in loads)
            {
                load.Run(warmUp.Slice);
                load.Rest();
            }
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            for (var i = 0; i < servers.Count; i++)
                tallies[i].Add(Turn.Measure(loads[i], servers[i], TurnLength * Settling, TurnLength), loads[i].Latency);
        }
    }
}
