namespace Krait;

/// <summary>Marks the property that tells to which message a reply belongs. What a handler replies to a message that has one is given the same id.</summary>
/// <remarks>The property is a string, a Guid or an integer. A reply is given the id by <c>with</c>, or by assignment where it is a class and no record.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CorrelationIdAttribute : Attribute;
