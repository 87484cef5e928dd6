namespace Krait;

/// <summary>
/// Marks the property with the id that pairs a reply with its request. Krait copies the id of a received message to the reply of
/// its handler.
/// </summary>
/// <remarks>
/// The property is a string, a Guid or an integer. Krait sets the id of a reply by <c>with</c>, or by assignment if the reply is
/// a class that is not a record.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CorrelationIdAttribute : Attribute;
