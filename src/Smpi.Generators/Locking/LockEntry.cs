namespace Smpi.Generators;

/// <summary>A number as the program has it now.</summary>
/// <param name="Member">The member, the name of an enum, or the case of a union.</param>
/// <param name="Number">Its number.</param>
/// <param name="Type">Its type, without the mark of nullable values.</param>
/// <param name="IsGiven">Whether source says the number; then the file cannot give another.</param>
internal sealed record LockEntry(string Member, int Number, string Type, bool IsGiven);
