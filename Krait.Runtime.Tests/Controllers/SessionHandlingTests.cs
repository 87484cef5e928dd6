using System.Runtime.CompilerServices;
using Krait.CompilerServices;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>Order, serialization, replies, streams and back pressure of one connection.</summary>
public sealed class SessionHandlingTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnOpen_completes_before_the_first_message_and_before_Run()
    {
        var gate = new TaskCompletionSource();
        var probe = new SessionProbe
        {
            OnOpen = async connection =>
            {
                await gate.Task;
                await connection.ReplyAsync("open");
            },
            OnMessage = (message, connection) => connection.ReplyAsync(message),
            Run = (_, connection) => connection.ReplyAsync("run"),
        }.Start();
        probe.Transport.Receive("message");
        Assert.Empty(probe.Sent);
        gate.SetResult();
        await probe.Until(() => probe.Sent.Count == 3);
        Assert.Equal("open", probe.Sent[0]);
        probe.ClientCloses();
        await probe.Ended();
    }

    [Fact]
    public async Task Handlers_never_overlap_and_messages_keep_their_order()
    {
        var running = 0;
        var handled = new List<int>();
        var probe = new SessionProbe
        {
            OnMessage = async (message, _) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                if (handled.Count % 3 == 0)
                    await Task.Yield();

                handled.Add(int.Parse(message, System.Globalization.CultureInfo.InvariantCulture));
                Interlocked.Decrement(ref running);
            },
        }.Start();
        for (var i = 0; i < 1000; i++)
            probe.Transport.Receive($"{i}");

        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(Enumerable.Range(0, 1000), handled);
        Assert.Equal(CloseCause.ClientClosed, probe.Closed.Cause);
    }

    [Fact]
    public async Task Work_in_line_has_its_turn_before_the_next_message_of_a_batch()
    {
        var order = new List<string>();
        SessionProbe probe = null!;
        probe = new SessionProbe
        {
            OnMessage = (message, connection) =>
            {
                order.Add(message);
                probe.Transport.Receive("next");
                return Replies.Stream(connection, FailingAtOnce()); // whose failure is in line when this returns
            },
            OnError = (_, _, _) =>
            {
                order.Add("error");
                return default(ValueTask);
            },
        };
        probe.Transport.Receive("first");
        probe.Start();
        await probe.Until(() => order.Count > 1);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal("error", order[1]);

        async IAsyncEnumerable<string> FailingAtOnce()
        {
            await Task.CompletedTask;
            if (order.Count > 0)
                throw new InvalidOperationException("nothing");

            yield return "never";
        }
    }

    [Fact]
    public async Task Replies_leave_while_the_client_goes_on_sending()
    {
        var left = 0;
        SessionProbe probe = null!;
        probe = new SessionProbe
        {
            OnMessage = (message, connection) =>
            {
                left = message == "99" ? probe.Sent.Count : left;
                return connection.ReplyAsync(message);
            },
        };
        for (var i = 0; i < 100; i++)
            probe.Transport.Receive($"{i}");

        probe.ClientCloses();
        await probe.Start().Ended();
        Assert.InRange(left, 50, 99);
    }

    [Fact]
    public async Task A_slow_handler_stops_the_reading_when_as_many_messages_wait_as_may()
    {
        var gate = new TaskCompletionSource();
        var probe = new SessionProbe { OnMessage = (_, _) => new(gate.Task) };
        probe.Options.ReceiveQueueCapacity = 4;
        probe.Start();
        for (var i = 0; i < 100; i++)
            probe.Transport.Receive($"{i}");

        await probe.Until(() => probe.Transport.Unread <= 95);
        Assert.Equal(95, probe.Transport.Unread); // one is handled, four wait
        gate.SetResult();
        await probe.Until(() => probe.Transport.Unread == 0);
        probe.ClientCloses();
        await probe.Ended();
    }

    [Fact]
    public async Task A_queue_that_nobody_reads_stops_the_reading()
    {
        var gate = new TaskCompletionSource();
        var read = 0;
        var probe = new SessionProbe
        {
            Delivery = MessageDelivery.Queue,
            Run = async (messages, _) =>
            {
                await gate.Task;
                await foreach (var message in messages.ReadAllAsync(Cancel))
                    read += message.Length / 5;
            },
        };
        probe.Options.ReceiveBufferSize = 10;
        probe.Start();
        for (var i = 0; i < 100; i++)
            probe.Transport.Receive("12345");

        await probe.Until(() => probe.Transport.Unread <= 98);
        Assert.Equal(98, probe.Transport.Unread);
        gate.SetResult();
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(100, read);
    }

    [Fact]
    public async Task A_close_frees_a_reader_that_waits_for_room()
    {
        var probe = new SessionProbe { OnMessage = (_, connection) => new(connection.Stopping.WaitAsync()) };
        probe.Options.ReceiveQueueCapacity = 1;
        probe.Start();
        for (var i = 0; i < 5; i++)
            probe.Transport.Receive("x");

        await probe.Until(() => probe.Transport.Unread <= 3);
        probe.Connection.Close();
        probe.ClientCloses();
        await probe.Ended();
        Assert.True(probe.Closed.WasClean);
    }

    [Fact]
    public async Task A_handler_that_sends_more_than_the_buffer_holds_finds_room_as_the_client_takes_it()
    {
        var accepted = new List<bool>();
        var probe = new SessionProbe
        {
            OnMessage = (_, connection) =>
            {
                accepted.Add(connection.TrySend("full"));
                accepted.Add(connection.TrySend("next"));
                return default;
            },
        };
        probe.Options.SendBufferSize = 4;
        probe.Start();
        probe.Transport.Receive("x");
        await probe.Until(() => accepted.Count == 2);
        Assert.Equal([true, true], accepted);
        probe.ClientCloses();
        await probe.Ended();
    }

    [Fact]
    public async Task An_OnOpen_that_blocks_sees_the_host_stop()
    {
        var probe = new SessionProbe
        {
            OnOpen = connection =>
            {
                connection.Stopping.WaitHandle.WaitOne();
                return default;
            },
        }.Start();
        probe.StopHost();
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(CloseCause.HostStopping, probe.Closed.Cause);
    }

    [Fact]
    public async Task A_null_reply_sends_nothing()
    {
        var probe = new SessionProbe { OnMessage = (message, connection) => Replies.Reply(connection, message == "null" ? null : message) }.Start();
        probe.Transport.Receive("null");
        probe.Transport.Receive("x");
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["x", "close 1000"], probe.Sent);
    }

    [Fact]
    public async Task Replies_of_tasks_are_awaited()
    {
        var probe = new SessionProbe
        {
            OnMessage = (message, connection) => message switch
            {
                "done" => Replies.ReplyAsync(connection, Task.FromResult<string?>("task")),
                "later" => Replies.ReplyAsync(connection, Later()),
                _ => Replies.ReplyAsync(connection, new ValueTask<string?>((string?)null)),
            },
        }.Start();
        probe.Transport.Receive("done");
        probe.Transport.Receive("later");
        probe.Transport.Receive("null");
        await probe.Until(() => probe.Sent.Count == 2);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["task", "value task", "close 1000"], probe.Sent);

        static async ValueTask<string?> Later()
        {
            await Task.Yield();
            return "value task";
        }
    }

    [Fact]
    public async Task A_stream_goes_on_next_to_the_handlers()
    {
        var gate = new TaskCompletionSource();
        var probe = new SessionProbe
        {
            OnMessage = (message, connection) => message == "stream" ? Replies.Stream(connection, Stream()) : connection.ReplyAsync(message),
        }.Start();
        probe.Transport.Receive("stream");
        probe.Transport.Receive("between");
        await probe.Until(() => probe.Sent.Count == 2);
        gate.SetResult();
        await probe.Until(() => probe.Sent.Count == 3);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["1", "between", "2", "close 1000"], probe.Sent);

        async IAsyncEnumerable<string> Stream()
        {
            yield return "1";
            await gate.Task;
            yield return "2";
        }
    }

    [Fact]
    public async Task A_stream_beyond_the_limit_is_an_error_that_a_handler_may_take_and_the_conversation_goes_on()
    {
        var gate = new TaskCompletionSource();
        var probe = new SessionProbe
        {
            OnMessage = (message, connection) => message == "stream" ? Replies.Stream(connection, Stream()) : connection.ReplyAsync(message),
            OnError = (error, _, connection) => connection.ReplyAsync($"at most {((TooManyStreamsException)error).MaxStreams}"),
        };
        probe.Options.MaxStreams = 1;
        probe.Start();
        probe.Transport.Receive("stream");
        probe.Transport.Receive("stream");
        probe.Transport.Receive("after");
        await probe.Until(() => probe.Sent.Count == 3);
        Assert.Equal(["start", "at most 1", "after"], probe.Sent);
        gate.SetResult();
        await probe.Until(() => probe.Sent.Count == 4);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal((CloseCause.ClientClosed, true), (probe.Closed.Cause, probe.Closed.WasClean));

        async IAsyncEnumerable<string> Stream()
        {
            yield return "start";
            await gate.Task;
            yield return "end";
        }
    }

    [Fact]
    public async Task Streams_beyond_the_limit_that_nobody_takes_close_with_1008()
    {
        var probe = new SessionProbe { OnMessage = (_, connection) => Replies.Stream(connection, Endless(connection.Stopping)) };
        probe.Options.MaxStreams = 2;
        probe.Start();
        for (var i = 0; i < 100; i++)
            probe.Transport.Receive("subscribe");

        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal((1008, CloseCause.LimitExceeded), ((int)probe.Closed.Status, probe.Closed.Cause));
        Assert.StartsWith("Information:", Assert.Single(probe.Log.Entries), StringComparison.Ordinal);

        static async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken stopping)
        {
            await Task.Delay(Timeout.Infinite, stopping);
            yield return "never";
        }
    }

    [Fact]
    public async Task A_stream_that_fails_gives_its_place_to_the_one_that_answers()
    {
        var probe = new SessionProbe
        {
            OnMessage = (message, connection) => Replies.Stream(connection, Failing()),
            OnError = (error, _, connection) => Replies.Stream(connection, One(error.Message)),
        };
        probe.Options.MaxStreams = 1;
        probe.Start();
        probe.Transport.Receive("fails");
        await probe.Connection.Lifetime.Ending.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(CloseCause.HandlerFailed, probe.Closed.Cause);
        Assert.Equal(["last", "no more", "close 1011 The server failed."], probe.Sent);

        static async IAsyncEnumerable<string> Failing()
        {
            yield return "last";
            await Task.Yield();
            throw new InvalidOperationException("no more");
        }

        static async IAsyncEnumerable<string> One(string message)
        {
            yield return message;
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_stream_that_computes_does_not_hold_up_the_next_message()
    {
        using var next = new ManualResetEventSlim();
        var probe = new SessionProbe
        {
            OnMessage = (message, connection) =>
            {
                if (message == "stream")
                    return Replies.Stream(connection, Computing());

                next.Set();
                return default;
            },
        }.Start();
        probe.Transport.Receive("stream");
        probe.Transport.Receive("next");
        await probe.Until(() => probe.Sent.Count == 3);
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["1", "2", "3", "close 1000"], probe.Sent);

#pragma warning disable CS1998 // It never awaits: that is the point.
        async IAsyncEnumerable<string> Computing()
        {
            yield return "1";
            yield return "2";
            Assert.True(next.Wait(Moment, Cancel)); // as a computation that takes longer than anybody waits
            yield return "3";
        }
#pragma warning restore CS1998
    }

    [Fact]
    public async Task An_endless_stream_ends_with_the_connection()
    {
        var ended = false;
        var probe = new SessionProbe { OnMessage = (_, connection) => Replies.Stream(connection, Endless()) }.Start();
        probe.Transport.Receive("x");
        await probe.Until(() => probe.Sent.Count == 1);
        probe.ClientCloses();
        await probe.Ended();
        Assert.True(ended);
        Assert.Empty(probe.Log.Entries);

        async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken stopping = default)
        {
            try
            {
                yield return "tick";
                await Task.Delay(Timeout.Infinite, stopping);
            }
            finally
            {
                ended = true;
            }
        }
    }

    [Fact]
    public async Task A_Run_that_owns_its_thread_may_block()
    {
        bool? pooled = null;
        var probe = new SessionProbe
        {
            Run = (_, connection) =>
            {
                pooled = Thread.CurrentThread.IsThreadPoolThread;
                connection.Stopping.WaitHandle.WaitOne();
                return default;
            },
            RunOwnsThread = true,
            OnMessage = (message, connection) => connection.ReplyAsync(message),
        }.Start();
        probe.Transport.Receive("served meanwhile");
        await probe.Until(() => probe.Sent.Count == 1);
        probe.ClientCloses();
        await probe.Ended();
        Assert.False(pooled);
    }

    [Fact]
    public async Task A_Run_that_polls_as_in_Python_ends_with_the_connection()
    {
        var handled = new List<string>();
        var probe = new SessionProbe
        {
            Delivery = MessageDelivery.Queue,
            RunOwnsThread = true,
            Run = (messages, connection) =>
            {
                while (!connection.Stopping.IsCancellationRequested)
                {
                    if (messages.TryRead(out var message))
                        handled.Add(message);
                    else
                        Thread.Yield();
                }

                return default;
            },
        }.Start();
        probe.Transport.Receive("a");
        probe.Transport.Receive("b");
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(["a", "b"], handled);
    }

    [Fact]
    public async Task Eight_threads_send_a_thousand_messages_each_and_each_arrives_once_and_in_order()
    {
        var probe = new SessionProbe();
        probe.Options.SendBufferSize = 64;
        probe.Start();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
                await probe.Connection.SendAsync($"{thread} {i}", Cancel);
        }, Cancel)));
        probe.ClientCloses();
        await probe.Ended();
        for (var thread = 0; thread < 8; thread++)
            Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{thread} {i}"), probe.Sent.Where(message => message.StartsWith($"{thread} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_client_that_takes_nothing_makes_SendAsync_wait_and_TrySend_say_false()
    {
        var probe = new SessionProbe();
        probe.Options.SendBufferSize = 4;
        probe.Transport.Taking = false;
        probe.Start();
        Assert.True(probe.Connection.TrySend("full"));
        Assert.False(probe.Connection.TrySend("x"));
        var waiting = probe.Connection.SendAsync("x", Cancel).AsTask();
        Assert.False(waiting.IsCompleted);
        probe.Transport.Taking = true;
        probe.Transport.Take();
        await waiting.WaitAsync(Moment, Cancel);
        probe.ClientCloses();
        await probe.Ended();
    }
}
