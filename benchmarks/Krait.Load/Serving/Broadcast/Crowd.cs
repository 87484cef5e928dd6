namespace Krait.Load.Serving;

/// <summary>
/// A list of members as people write it by hand: copied when somebody comes or goes, so that sending needs no lock.
/// </summary>
internal sealed class Crowd<TMember>
    where TMember : class
{
    private readonly Lock _lock = new();
    private volatile TMember[] _members = [];

    public TMember[] Members => _members;

    public void Add(TMember member)
    {
        lock (_lock)
            _members = [.. _members, member];
    }

    public void Remove(TMember member)
    {
        lock (_lock)
            _members = [.. _members.Where(other => other != member)];
    }
}
