namespace Telemetry;

/// <summary>What a device sends: the cases of the envelope <see cref="FromDevice"/>.</summary>
public interface IFromDevice;

/// <summary>What a device gets: the cases of the envelope <see cref="ToDevice"/>.</summary>
public interface IToDevice;

// Messages that protoc writes have no base of their own, but they are partial.
public sealed partial class Hello : IFromDevice;

public sealed partial class Reading : IFromDevice;

public sealed partial class Settings : IToDevice;

public sealed partial class Acknowledgement : IToDevice;

public sealed partial class Refusal : IToDevice;
