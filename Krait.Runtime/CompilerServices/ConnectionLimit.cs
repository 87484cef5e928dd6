using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>How many connections a controller accepts from one user or address.</summary>
/// <param name="Connections">How many; positive.</param>
/// <param name="Per">Which connections count together.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ConnectionLimit(int Connections, Partition Per);
