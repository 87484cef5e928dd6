namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>What controllers did, in order, for the test to wait for. A singleton of the application; thread-safe.</summary>
internal sealed class Journal
{
    private readonly Lock _lock = new();
    private readonly List<string> _entries = [];
    private readonly List<CloseInfo> _closes = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_lock)
                return [.. _entries];
        }
    }

    public IReadOnlyList<CloseInfo> Closes
    {
        get
        {
            lock (_lock)
                return [.. _closes];
        }
    }

    public void Note(string entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            Change();
        }
    }

    public void Note(CloseInfo why)
    {
        lock (_lock)
        {
            _closes.Add(why);
            Change();
        }
    }

    /// <summary>Waits for an entry.</summary>
    public Task Has(string entry) => UntilAsync(() => _entries.Contains(entry), entry);

    /// <summary>Waits for as many entries as that.</summary>
    public Task HasCount(int count) => UntilAsync(() => _entries.Count >= count, $"{count} entries");

    /// <summary>Waits for the first [OnClose].</summary>
    public async Task<CloseInfo> Closed()
    {
        await HasCloses(1);
        return Closes[0];
    }

    /// <summary>Waits for as many calls of [OnClose] as that.</summary>
    public Task HasCloses(int count) => UntilAsync(() => _closes.Count >= count, $"{count} closes");

    private void Change()
    {
        _changed.SetResult();
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private async Task UntilAsync(Func<bool> condition, string wanted)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition())
                    return;

                changed = _changed.Task;
            }

            try
            {
                await changed.InTime();
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Waited in vain for {wanted}; noted: {string.Join(", ", Entries)}; closes: {string.Join(", ", Closes)}.");
            }
        }
    }
}
