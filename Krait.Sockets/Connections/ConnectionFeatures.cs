using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Sockets.Connections;

/// <summary>The features of a connection: few enough to look through, and smaller than a dictionary while it is idle.</summary>
/// <remarks>Not thread-safe, as all features of a connection.</remarks>
internal sealed class ConnectionFeatures : IFeatureCollection
{
    private KeyValuePair<Type, object>[] _features = new KeyValuePair<Type, object>[12];
    private int _count;

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => Find(key) is var index and >= 0 ? _features[index].Value : null;
        set
        {
            Revision++;
            if (Find(key) is var index and >= 0)
                Replace(index, key, value);
            else if (value is not null)
                Add(key, value);
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.Take(_count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(Type key)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_features[i].Key == key)
                return i;
        }

        return -1;
    }

    private void Replace(int index, Type key, object? value)
    {
        if (value is not null)
        {
            _features[index] = new(key, value);
            return;
        }

        _features[index] = _features[--_count];
        _features[_count] = default;
    }

    private void Add(Type key, object value)
    {
        if (_count == _features.Length)
            Array.Resize(ref _features, _count * 2);

        _features[_count++] = new(key, value);
    }
}
