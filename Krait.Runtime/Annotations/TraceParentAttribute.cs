namespace Krait;

/// <summary>
/// Marks the property of a received message with the parent of the message's span: a <c>traceparent</c> of the W3C
/// recommendation Trace Context, level 1.
/// </summary>
/// <remarks>
/// The property is a <c>string?</c>. Krait reads it only if its spans have a listener, and ignores a value that is not a
/// <c>traceparent</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TraceParentAttribute : Attribute;
