using System.Globalization;

namespace Krait.Redis.Tests.Chaos;

/// <summary>Checks what the members of a room with a history have got. Each message is a publisher and its number.</summary>
/// <param name="members">What each of them has got.</param>
/// <param name="taken">The messages that Redis has confirmed.</param>
internal sealed class Checker(IReadOnlyList<Account> members, IEnumerable<string> taken)
{
    /// <summary>All messages that are known to have been sent.</summary>
    private readonly HashSet<string> _sent = [.. taken, .. members.SelectMany(static member => member.Texts)];

    /// <summary>Returns what is wrong; nothing if all promises have been kept.</summary>
    public IEnumerable<string> Complaints()
    {
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var complaint in Complaints(members[i]))
                yield return $"Member {i}: {complaint}";

            if (i > 0 && OutOfOrder(members[0].Texts, members[i].Texts) is { } text)
                yield return $"Members 0 and {i} got {text} in different orders.";
        }
    }

    private IEnumerable<string> Complaints(Account member)
    {
        var texts = member.Texts;
        var last = new Dictionary<string, (int Number, int Index)>(StringComparer.Ordinal);
        for (var i = 0; i < texts.Count; i++)
        {
            var (publisher, number) = Split(texts[i]);
            var before = last.GetValueOrDefault(publisher, (Number: 0, Index: -1));
            if (number <= before.Number)
                yield return $"{texts[i]} follows {publisher} {before.Number}.";

            var missing = Enumerable.Range(before.Number + 1, Math.Max(0, number - before.Number - 1))
                .Select(missing => $"{publisher} {missing}")
                .FirstOrDefault(_sent.Contains);
            if (missing is not null && !IsTold(member, before.Index, i))
                yield return $"Nothing tells that {missing} is missing.";

            last[publisher] = (number, i);
        }
    }

    /// <summary>Whether a loss was told after a message and at the latest before another.</summary>
    private static bool IsTold(Account member, int after, int before) =>
        member.Gaps.Any(gap => gap > after && gap <= before);

    /// <summary>Finds a message that two members have both got, at different places among those that both have got.</summary>
    private static string? OutOfOrder(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        var both = one.ToHashSet();
        both.IntersectWith(other);
        return one.Where(both.Contains).Zip(other.Where(both.Contains))
            .FirstOrDefault(static pair => pair.First != pair.Second).First;
    }

    private static (string Publisher, int Number) Split(string text) =>
        text.Split(' ') is [var publisher, var number]
            ? (publisher, int.Parse(number, CultureInfo.InvariantCulture))
            : throw new FormatException(text);
}

/// <summary>What a member has got.</summary>
/// <param name="Texts">The messages.</param>
/// <param name="Gaps">Before which of them losses were told, by index.</param>
internal sealed record Account(IReadOnlyList<string> Texts, IReadOnlySet<int> Gaps);
