using Microsoft.Extensions.DependencyInjection;

namespace Krait.Controllers;

/// <summary>A stream that owns the scope of the call that returned it.</summary>
internal abstract class ScopedStream
{
    private int _taken;

    /// <summary>Returns true only to the first caller, which must then end the scope. Thread-safe.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;
}

/// <inheritdoc/>
/// <param name="scope">The scope, which ends when the stream ends, throws, or is not read to its end.</param>
/// <param name="items">Its items.</param>
internal sealed class ScopedStream<T>(AsyncServiceScope scope, IAsyncEnumerable<T> items) : ScopedStream, IAsyncEnumerable<T>
{
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (!TryTake())
            yield break;

        await using (scope.ConfigureAwait(false))
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
                yield return item;
        }
    }
}
