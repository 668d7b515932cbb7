namespace Smpi;

/// <summary>What a member needs when its record is read.</summary>
/// <param name="IsRequired">Whether the wire must have it because its declaration says <c>required</c>.</param>
/// <param name="IsNotNull">Whether it is a reference whose type has no null.</param>
/// <param name="IsSet">Whether it is set after the record was made, so that an initializer may have given it a value.</param>
/// <param name="HasDefault">Whether the parameter that it is has a C# default.</param>
internal readonly record struct MemberNeed(bool IsRequired, bool IsNotNull, bool IsSet, bool HasDefault);
