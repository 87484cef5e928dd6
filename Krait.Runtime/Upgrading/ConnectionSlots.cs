using System.Diagnostics;
using Krait.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>Counts the connections of users and addresses, for <see cref="MaxConnectionsAttribute"/>. Thread-safe.</summary>
/// <remarks>
/// One for the whole server, so that a controller has one count wherever it is mapped, and after Hot Reload too. A client without
/// connections takes no memory.
/// </remarks>
internal sealed class ConnectionSlots
{
    private readonly Dictionary<Place, int> _taken = [];

    /// <summary>How many clients have connections that count.</summary>
    public int Clients
    {
        get
        {
            lock (_taken)
                return _taken.Count;
        }
    }

    /// <summary>Takes a slot of every limit, or none and returns the limit that has no room.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="limits">Its limits.</param>
    /// <param name="context">The request.</param>
    /// <param name="slot">Gives the slots back when it is disposed.</param>
    public ConnectionLimit? Take(
        Type controller, IReadOnlyList<ConnectionLimit> limits, HttpContext context, out ConnectionSlot? slot)
    {
        var places = new Place[limits.Count];
        for (var i = 0; i < places.Length; i++)
            places[i] = new(controller, limits[i].Per, ClientOf(limits[i], context));

        slot = null;
        lock (_taken)
        {
            for (var i = 0; i < places.Length; i++)
            {
                if (_taken.GetValueOrDefault(places[i]) >= limits[i].Connections)
                    return limits[i];
            }

            // Two limits of the same kind share a place, which counts once.
            places = [.. places.Distinct()];
            foreach (var place in places)
                _taken[place] = _taken.GetValueOrDefault(place) + 1;
        }

        slot = new(this, places);
        return null;
    }

    /// <summary>Gives slots back.</summary>
    public void Return(Place[] places)
    {
        lock (_taken)
        {
            foreach (var place in places)
            {
                var rest = _taken[place] - 1;
                Debug.Assert(rest >= 0, "A slot is returned once.");
                if (rest > 0)
                    _taken[place] = rest;
                else
                    _taken.Remove(place);
            }
        }
    }

    private static ClientPartition ClientOf(ConnectionLimit limit, HttpContext context) =>
        limit.Per == Partition.User ? ClientPartition.UserOf(context) : ClientPartition.AddressOf(context);

    /// <summary>The unit that is counted.</summary>
    internal readonly record struct Place(Type Controller, Partition Per, ClientPartition Client);
}
