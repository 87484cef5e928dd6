using System.Text.Json.Serialization;

namespace Krait.Runtime.Tests.Rooms.Presence;

/// <summary>A member of the tests.</summary>
internal sealed record Person(string Name);

[JsonSerializable(typeof(Person))]
internal sealed partial class PersonJson : JsonSerializerContext;
