using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>
/// How large messages of a type, and of the types derived from it, may be. The most derived type that has a limit decides.
/// </summary>
/// <param name="Type">The type.</param>
/// <param name="MaxMessageSize">The largest payload, in bytes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct MessageLimit(Type Type, int MaxMessageSize);
