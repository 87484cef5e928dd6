namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Holds handlers until the test lets them go. A singleton of the application.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Opened => _opened.Task;

    public void Open() => _opened.TrySetResult();
}
