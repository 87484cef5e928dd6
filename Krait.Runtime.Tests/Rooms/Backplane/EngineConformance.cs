namespace Krait.Runtime.Tests.Rooms.Backplane;

/// <summary>Two servers on one engine, for tests that hold it to its promises.</summary>
public abstract class EngineConformance : IAsyncLifetime
{
    /// <summary>A name that no other test has.</summary>
    protected string Name { get; } = $"test/{Guid.NewGuid():N}";

    /// <summary>The engine of one server.</summary>
    protected IRoomBackplane First { get; private set; } = null!;

    /// <summary>The engine of another server.</summary>
    protected IRoomBackplane Second { get; private set; } = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        First = await ConnectAsync();
        Second = await ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeAsync(First);
        await DisposeAsync(Second);
        GC.SuppressFinalize(this);
    }

    /// <summary>Connects one more server to the same store. It is disposed if it is disposable.</summary>
    protected abstract ValueTask<IRoomBackplane> ConnectAsync();

    private static async ValueTask DisposeAsync(IRoomBackplane? engine)
    {
        if (engine is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        else if (engine is IDisposable disposable)
            disposable.Dispose();
    }
}
