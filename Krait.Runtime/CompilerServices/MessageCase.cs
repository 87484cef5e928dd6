using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>One of the types that a message of a controller may have.</summary>
/// <param name="Name">The short name of the type, unique among the types that the controller receives, or sends.</param>
/// <param name="Discriminator">The string or number that names the type in JSON; null if there is none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct MessageCase(string Name, object? Discriminator = null);
