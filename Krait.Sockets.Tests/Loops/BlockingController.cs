using System.Collections.Concurrent;

namespace Krait.Sockets.Tests.Loops;

/// <summary>Echoes, and blocks its thread at messages that name a gate, until the test opens it.</summary>
[WebSocketController("/block/{id}")]
internal sealed partial class BlockingController(Gates gates)
{
    [OnMessage]
    private string Echo(string message)
    {
        gates.Pass(message);
        return message;
    }
}

/// <summary>Gates by name. Thread-safe.</summary>
internal sealed class Gates : IDisposable
{
    private readonly ConcurrentDictionary<string, (TaskCompletionSource Reached, ManualResetEventSlim Open)> _gates = new();

    /// <summary>Makes a gate, and returns a task that completes when somebody blocks at it.</summary>
    public Task Close(string name)
    {
        var gate = (Reached: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ManualResetEventSlim());
        _gates[name] = gate;
        return gate.Reached.Task;
    }

    public void Open(string name) => _gates[name].Open.Set();

    /// <summary>Opens all gates, so that a test that fails leaves no thread behind.</summary>
    public void Dispose()
    {
        foreach (var gate in _gates.Values)
            gate.Open.Set();
    }

    /// <summary>Blocks if there is such a gate.</summary>
    public void Pass(string name)
    {
        if (!_gates.TryGetValue(name, out var gate))
            return;

        gate.Reached.TrySetResult();
        gate.Open.Wait();
    }
}
