namespace Telemetry;

/// <summary>The messages from a device: the cases of the envelope <see cref="FromDevice"/>.</summary>
public interface IFromDevice;

/// <summary>The messages to a device: the cases of the envelope <see cref="ToDevice"/>.</summary>
public interface IToDevice;

// The message classes of protoc have no base of yours, but they are partial.
public sealed partial class Hello : IFromDevice;

public sealed partial class Reading : IFromDevice;

public sealed partial class Settings : IToDevice;

public sealed partial class Acknowledgement : IToDevice;

public sealed partial class Refusal : IToDevice;
