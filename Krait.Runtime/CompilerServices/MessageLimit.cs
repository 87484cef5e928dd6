using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>
/// The size limit of messages of a type, and of the types derived from it. The limit of the most derived type counts.
/// </summary>
/// <param name="Type">The type.</param>
/// <param name="MaxMessageSize">The largest payload, in bytes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct MessageLimit(Type Type, int MaxMessageSize);
