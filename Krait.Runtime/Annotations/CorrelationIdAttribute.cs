namespace Krait;

/// <summary>
/// Marks the property that tells to which message a reply belongs. The reply of a handler gets the id of its
/// message.
/// </summary>
/// <remarks>
/// The property is a string, a Guid or an integer. A reply gets the id by <c>with</c>, or by assignment if it is a class
/// that is not a record.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CorrelationIdAttribute : Attribute;
