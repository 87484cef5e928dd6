using System.Globalization;
using Krait.Redis.Tests.Chaos;
using Krait.Runtime.Tests.Rooms;

namespace Krait.Redis.Tests.Rooms;

/// <summary>A member that answers each loss at once and remembers where it was.</summary>
/// <remarks>The messages after a loss wait for the answer, so the place is exact.</remarks>
internal sealed class Witness(RoomClient client)
{
    private readonly HashSet<int> _gaps = [];
    private int _handled;

    /// <summary>What has arrived until now.</summary>
    public Account Account => new(client.Sent, _gaps);

    /// <summary>The numbers that have arrived.</summary>
    public IReadOnlyList<int> Numbers => [.. client.Sent.Select(static text => int.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>Before which of the messages losses were told, by index.</summary>
    public IReadOnlySet<int> Gaps => _gaps;

    /// <summary>Answers the losses that have been told, and returns whether a number has arrived.</summary>
    public bool Has(int number) => Has(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Answers the losses that have been told, and returns whether a message has arrived.</summary>
    public bool Has(string text)
    {
        while (client.Losses.Count > _handled)
        {
            _gaps.Add(client.Sent.Count);
            client.Losses[_handled++].Handled();
        }

        return client.Sent.Contains(text);
    }

    /// <summary>Fails unless numbers came once and in order, and every missing one was told where it is missing.</summary>
    public void AssertHonest()
    {
        var numbers = Numbers;
        for (var i = 1; i < numbers.Count; i++)
        {
            Assert.True(numbers[i] > numbers[i - 1], $"{numbers[i]} follows {numbers[i - 1]}.");
            var isNext = numbers[i] == numbers[i - 1] + 1;
            Assert.True(isNext || _gaps.Contains(i), $"Nothing tells that {numbers[i - 1] + 1} is missing.");
        }
    }
}
