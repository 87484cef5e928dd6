namespace Krait.Upgrading;

/// <summary>A value of the request does not fit the parameter that wants it; the message reaches the client.</summary>
internal sealed class BindingException(string message) : Exception(message);
