using CsCheck;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>Whatever is sent, taken and stalled in whatever order: what arrives is what was sent, but for what is counted.</summary>
public sealed class BacklogPropertyTests
{
    private static readonly Gen<Step> Steps = Gen.Frequency(
        (3, Gen.Int[0, 3].Select(static key => new Step('Q', key))),
        (1, Gen.Const(new Step('N', 0))),
        (2, Gen.Const(new Step('T', 0))),
        (2, Gen.Const(new Step('D', 0))),
        (2, Gen.Const(new Step('.', 0))));

    [Fact]
    public void Every_sent_message_arrives_or_is_counted() =>
        Gen.Select(Steps.List[0, 200], Gen.Int[1, 5]).Sample(static (steps, capacity) => Play(steps, capacity).Check(), iter: 2000);

    private static Story Play(List<Step> steps, int capacity)
    {
        var rooms = RoomClient.Rooms(capacity);
        var client = new RoomClient();
        var membership = rooms["room"].Join(client.Connection);
        client.Stall();
        var story = new Story();
        foreach (var step in steps)
        {
            if (step.Kind == '.')
                client.TakeOne();
            else
                rooms["room"].Send(story.Send(step));

            if (client.Connection.BufferedBytes == 0)
                client.Stall();

            if (story.Plain(client) is { } plain)
                Assert.InRange(plain, 0, capacity);
        }

        client.TakeAll();
        Assert.Equal(0, client.Connection.WaitingMessages);
        story.Arrived = [.. client.Sent.Where(static text => text != "stalled")];
        story.Lost = membership.Lost;
        story.Conflated = membership.Conflated;
        return story;
    }

    private sealed record Step(char Kind, int Key);

    private sealed class Story
    {
        private readonly List<Shout> _sent = [];

        public List<string> Arrived { get; set; } = [];

        public long Lost { get; set; }

        public long Conflated { get; set; }

        public Shout Send(Step step)
        {
            Shout shout = step.Kind switch
            {
                'Q' => new Quote($"{step.Key}", _sent.Count),
                'N' => new Note($"N{_sent.Count}"),
                'T' => new Tick($"T{_sent.Count}"),
                _ => new News($"D{_sent.Count}"),
            };
            _sent.Add(shout);
            return shout;
        }

        /// <summary>How many messages wait that may be dropped; null if that cannot be told from outside.</summary>
        public int? Plain(RoomClient client) => _sent.All(static shout => shout is Tick or News) ? client.Connection.WaitingMessages : null;

        public bool Check()
        {
            var numbers = Arrived.ConvertAll(text => _sent.FindIndex(shout => shout.Text == text));
            Assert.DoesNotContain(-1, numbers);
            Assert.Equal(numbers.Count, numbers.Distinct().Count());
            Assert.Equal(_sent.Count, numbers.Count + Lost + Conflated);
            CheckBarriers(numbers);
            CheckLastValues(numbers);
            Assert.All(_sent.OfType<Note>(), note => Assert.Contains(note.Text, Arrived));
            return true;
        }

        // Nothing crosses a message that may not be conflated.
        private void CheckBarriers(List<int> numbers)
        {
            for (var i = 0; i < numbers.Count; i++)
            {
                if (_sent[numbers[i]] is Quote)
                    continue;

                Assert.All(numbers.Take(i), before => Assert.True(before < numbers[i]));
                Assert.All(numbers.Skip(i + 1), after => Assert.True(after > numbers[i]));
            }
        }

        private void CheckLastValues(List<int> numbers)
        {
            foreach (var quotes in _sent.OfType<Quote>().GroupBy(static quote => quote.Symbol))
                Assert.Contains(_sent.IndexOf(quotes.Last()), numbers);
        }
    }
}
