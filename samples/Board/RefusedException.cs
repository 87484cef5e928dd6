namespace Board;

/// <summary>A command cannot be carried out. The user may read the message.</summary>
public sealed class RefusedException(string message) : Exception(message);
