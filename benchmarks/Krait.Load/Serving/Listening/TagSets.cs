using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Krait.Load.Serving;

/// <summary>
/// The time series of one instrument: one for each set of tags, found without a lock and without an allocation.
/// </summary>
internal sealed class TagSets
{
    private volatile Dictionary<Tag[], TimeSeries> _known = new(TagComparer.Instance);

    public TimeSeries Find(ReadOnlySpan<Tag> tags) =>
        Lookup(_known).TryGetValue(tags, out var found) ? found : Add(tags);

    private TimeSeries Add(ReadOnlySpan<Tag> tags)
    {
        lock (this)
        {
            if (Lookup(_known).TryGetValue(tags, out var series))
                return series;

            var known = new Dictionary<Tag[], TimeSeries>(_known, TagComparer.Instance);
            known[tags.ToArray()] = series = new();
            _known = known; // readers may still use the old one
            return series;
        }
    }

    private static Dictionary<Tag[], TimeSeries>.AlternateLookup<ReadOnlySpan<Tag>> Lookup(
        Dictionary<Tag[], TimeSeries> known) =>
        known.GetAlternateLookup<ReadOnlySpan<Tag>>();
}
