namespace Krait.Upgrading;

/// <summary>A value of the request does not fit its parameter. The client gets the message.</summary>
internal sealed class BindingException(string message) : Exception(message);
