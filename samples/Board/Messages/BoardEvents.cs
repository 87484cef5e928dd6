using System.Text.Json.Serialization;

namespace Board;

/// <summary>To the page.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(PeopleChanged), "people")]
[JsonDerivedType(typeof(CardAdded), "cardAdded")]
[JsonDerivedType(typeof(CardMoved), "cardMoved")]
[JsonDerivedType(typeof(CardRenamed), "cardRenamed")]
[JsonDerivedType(typeof(CardRemoved), "cardRemoved")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Problem), "problem")]
[JsonDerivedType(typeof(TooFast), "tooFast")]
[JsonDerivedType(typeof(Expiring), "expiring")]
[JsonDerivedType(typeof(GoAway), "goAway")]
public abstract record BoardEvent;

/// <summary>The first event of every connection: the whole board, and the people who look at it.</summary>
public sealed record Welcome(Person You, IReadOnlyList<Person> People, BoardState Board) : BoardEvent;

/// <summary>A member of a room. Two windows of one user are two members with the same id.</summary>
public sealed record Person(string Id, string Name);

/// <summary>Members opened or left the board.</summary>
public sealed record PeopleChanged(IReadOnlyList<Person> Joined, IReadOnlyList<Person> Left) : BoardEvent;

/// <summary>The server refused new cards, because they came too fast. The page may send them again after this time.</summary>
public sealed record TooFast(double Seconds) : BoardEvent;

/// <summary>The token of the connection expires soon. The page should get a new one and send <see cref="Renew"/>.</summary>
public sealed record Expiring : BoardEvent;

/// <summary>The server stops. The page should connect again after this time.</summary>
public sealed record GoAway(double Seconds) : BoardEvent;
