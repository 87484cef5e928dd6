using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Krait.Load.Serving;

/// <summary>
/// Sends to the members of the server's rooms what the load program orders: a background service, as applications have.
/// </summary>
/// <remarks>
/// Orders come faster than some servers can follow: then they wait in line here. An order is a word and a number, <c>tick 10</c>;
/// it has no answer.
/// </remarks>
internal abstract class Publisher
{
    public const string TickOrder = "tick";
    public const string QuoteOrder = "quote";
    public const string PostOrder = "post";
    public const string SizeOrder = "size";

    public const string Memberships = "memberships";
    public const string Published = "published";
    public const string MostWaiting = "most-waiting";

    /// <summary>The answer where a server does not know.</summary>
    public const int Unknown = -1;

    private readonly Channel<Order> _orders =
        Channel.CreateUnbounded<Order>(new() { SingleReader = true, SingleWriter = true });

    private readonly Task _publishing;
    private string _text = "";
    private volatile int _published;
    private volatile int _mostWaiting = Unknown;

    protected Publisher() => _publishing = Task.Run(PublishAsync);

    /// <summary>How many connections are in rooms; one that is in two counts twice.</summary>
    protected abstract int MembershipCount { get; }

    /// <summary>How many quotes wait for the client that gets them; <see cref="Unknown"/> if nobody counts.</summary>
    protected virtual int WaitingQuotes => Unknown;

    /// <summary>Takes an order.</summary>
    /// <returns>Whether it was one; else it is a question.</returns>
    public bool TryTake(string line)
    {
        if (line.Split(' ') is not [var word, var number])
            return false;

        var count = int.Parse(number, CultureInfo.InvariantCulture);
        if (word == SizeOrder)
            _text = Tick.TextFor(count);
        else
            _orders.Writer.TryWrite(new(word, count, Stopwatch.GetTimestamp()));

        return true;
    }

    /// <summary>Answers a question.</summary>
    /// <exception cref="Exception">Publishing has failed.</exception>
    public long Answer(string question)
    {
        if (_publishing.IsFaulted)
            _publishing.GetAwaiter().GetResult();

        return question switch
        {
            Memberships => MembershipCount,
            Published => _published,
            MostWaiting => _mostWaiting,
            _ => throw new ArgumentException($"'{question}' is no question.", nameof(question)),
        };
    }

    protected abstract ValueTask SendAsync(Tick tick);

    protected abstract ValueTask SendAsync(Quote quote);

    /// <summary>Sends to the room with a history, if the server has one.</summary>
    protected virtual ValueTask SendAsync(Post post) => throw new NotSupportedException("The server keeps no history.");

    private async Task PublishAsync()
    {
        await foreach (var order in _orders.Reader.ReadAllAsync())
        {
            for (var i = 0; i < order.Count; i++)
            {
                await (order.Word switch
                {
                    QuoteOrder => SendAsync(Quote.Make(_published, order.At)),
                    PostOrder => SendAsync(new Post(_published, _text)),
                    _ => SendAsync(new Tick(_published, _text)),
                });
                _published++;
            }

            _mostWaiting = Math.Max(_mostWaiting, WaitingQuotes);
        }
    }

    private readonly record struct Order(string Word, int Count, long At);
}
