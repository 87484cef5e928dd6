using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Runs the entry point of a program on a thread of its own, and finds the host that it builds.</summary>
/// <remarks>
/// The host says in the diagnostic event HostBuilt that it exists; the tools of Entity Framework find a program's services in the same way.
/// An <see cref="AsyncLocal{T}"/> tells the hosts of programs that run at the same time from each other.
/// </remarks>
internal sealed class HostedEntryPoint : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<HostedEntryPoint?> s_current = new();

    private readonly TaskCompletionSource<IHost> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource returned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts it.</summary>
    public HostedEntryPoint(MethodInfo entryPoint, string[] arguments) =>
        new Thread(() => Run(entryPoint, arguments)) { IsBackground = true, Name = "Program of a snippet" }.Start();

    /// <summary>The host, as soon as it has started; or the exception of a program that ended before.</summary>
    public Task<IHost> Started => started.Task;

    /// <summary>Completes when the program has returned, or fails with its exception.</summary>
    public Task Returned => returned.Task;

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (s_current.Value == this && value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (s_current.Value == this && value is { Key: "HostBuilt", Value: IHost host })
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => started.TrySetResult(host));
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private void Run(MethodInfo entryPoint, string[] arguments)
    {
        s_current.Value = this;
        using var subscription = DiagnosticListener.AllListeners.Subscribe(this);
        try
        {
            entryPoint.Invoke(null, BindingFlags.DoNotWrapExceptions, null, entryPoint.GetParameters().Length == 0 ? [] : [arguments], null);
            started.TrySetException(new InvalidOperationException("The program returned before its server had started."));
            returned.SetResult();
        }
#pragma warning disable CA1031 // The test gets any exception of the program.
        catch (Exception error)
#pragma warning restore CA1031
        {
            started.TrySetException(error);
            returned.SetException(error);
        }
    }
}
