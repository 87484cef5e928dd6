namespace Krait.Messaging;

/// <summary>Marks a decoder whose messages point into the payload, so that the payload must outlive the handler.</summary>
internal interface IBorrowingDecoder;
