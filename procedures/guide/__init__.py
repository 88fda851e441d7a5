"""The guided check “Cần chuẩn bị gì?”: a few plain questions that end in papers, fee, days and place."""
