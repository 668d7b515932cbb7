#pragma warning disable CA1050 // That they are in no namespace is what is tested.

/// <summary>In no namespace, and named like what is generated.</summary>
public sealed record Table(int Id, Register[] Guests);

/// <summary>The same.</summary>
public sealed record Register(string Name);
